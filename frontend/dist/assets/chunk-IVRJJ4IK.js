function a(o,e){let t=2**(o.getZoom()+8-e.z)/512,l=o.getPixelOrigin();return{x:e.x*512*t-l.x,y:e.y*512*t-l.y,scale:t}}export{a};
